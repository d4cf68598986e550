"""Commands that train what gloves are answered by."""
