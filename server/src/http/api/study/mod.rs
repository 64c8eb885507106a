//! What a researcher asks: places by their meaning and their area, the supports nearest to each, and questions
//! kept to ask again. Nothing here is an aggregate over places: tables and plots are made on the researcher's
//! own device, of the records they were given.

pub mod proximity;
pub mod queries;
pub mod search;
mod selection;
