//! Integration tests.

mod databases;
mod store_contract;
