"""What readers share: listings, tables, decoding, gloves' series, spelling."""
