"""What the secretariat hands out: attendance, results and minutes in every format."""
