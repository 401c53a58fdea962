//! Every form of one realistic pair of states.
