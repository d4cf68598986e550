"""The published methods that ours is measured against; the product ships none of them."""
