//! The vendor client: regions and hosts, regId forms, auth and its token cache, requests, retry, answers.
//! What may stand in a notification belongs to `notification`; what a code means, to `return_codes`.
