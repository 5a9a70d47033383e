-- Takes subscriptions in; the exclusion constraint refuses a plan that a subscriber has on one of those days already.
COPY tariffs_subscription (subscriber_id, plan_id, from_on, until_on, speed_id, charged_through_on) FROM STDIN
