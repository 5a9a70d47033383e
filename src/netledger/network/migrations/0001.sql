-- Room in the pages of sessions: each is written again at every news of it, and no index holds what changes then.
ALTER TABLE network_session SET (fillfactor = 70);
