-- Whether news of sessions has waited long enough; also where the clock was set back.
SELECT EXISTS (SELECT FROM network_feed
                WHERE swept_at NOT BETWEEN %(now)s - make_interval(secs => %(every_s)s) AND %(now)s) AS is_due
