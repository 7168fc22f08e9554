"""What readers write on papers: marks and notes, found again in every version."""
