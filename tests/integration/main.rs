//! Integration tests: the store contract on both databases, the HTTP surface, and the program as a process.

mod binary;
mod databases;
mod http_participants;
mod http_places;
mod http_public;
mod http_surface;
mod imports;
mod kill;
mod life_of_a_place;
mod shared;
mod store_contract;
mod test_app;
