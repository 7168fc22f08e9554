"""The doors of the hall: cameras, arrivals and questions that outlive every page."""
