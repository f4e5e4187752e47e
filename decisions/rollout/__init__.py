"""Which unit opens where and when outside the hub, so that the most people use the services; with a proven bound."""
