from payung.apps.db.guards import append_only

GUARDS = [append_only("audit_event"), append_only("audit_access")]
