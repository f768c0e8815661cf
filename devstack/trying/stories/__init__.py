"""Ways through the portal, told step by step. Whether a step is done, the audit log says."""
