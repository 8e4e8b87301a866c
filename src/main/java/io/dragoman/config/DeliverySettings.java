// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Setting;
import io.dragoman.delivery.DeliveryPolicy;
import java.time.Duration;
import java.util.List;

/** How long deliveries are tried: {@code delivery} of {@code gateway.yaml}, the one place of its defaults. */
final class DeliverySettings {
    private static final Setting<Duration> GIVE_UP_AFTER = Setting.duration(
                    "delivery.giveUpAfter",
                    "How long a delivery is retried, with back-off, before it is dead; until then it blocks what"
                            + " follows it in its conversation.")
            .or("3d");
    private static final Setting<Duration> GIVE_UP_AUTOMATIC_AFTER = Setting.duration(
                    "delivery.giveUpAutomaticAfter",
                    "The same for automatic replies and for marking messages as seen, which are useless when late.")
            .or("1h");
    private static final Setting<DeliveryPolicy.OnGiveUp> ON_GIVE_UP = Setting.choice(
                    "delivery.onGiveUp",
                    "What happens when a delivery's deadline is exceeded: dead, and the conversation goes on; or pause, "
                            + "and the conversation waits until it is resumed.",
                    DeliveryPolicy.OnGiveUp.class)
            .or("dead");
    private static final Setting<Integer> AT_ONCE = Setting.integer(
                    "delivery.atOnce",
                    "How many deliveries to one channel or desk may be under way at once, at most: it begins with 8 and finds by trying how many the other side can take.",
                    1,
                    64)
            .or("64");

    static final List<Setting<?>> ALL = List.of(GIVE_UP_AFTER, GIVE_UP_AUTOMATIC_AFTER, ON_GIVE_UP, AT_ONCE);

    private DeliverySettings() {}

    static DeliveryPolicy of(SettingValues values) {
        return new DeliveryPolicy(
                values.get(GIVE_UP_AFTER),
                values.get(GIVE_UP_AUTOMATIC_AFTER),
                values.get(ON_GIVE_UP),
                values.get(AT_ONCE));
    }
}
