"""What the commands answer, as lines of text; ``cli`` alone prints them."""
