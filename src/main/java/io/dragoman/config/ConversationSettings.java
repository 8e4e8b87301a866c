// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.ConversationPolicy;
import io.dragoman.connector.Setting;
import java.time.Duration;
import java.util.List;

/** How conversations go on: {@code desk}, {@code reopenWithin} and {@code mediaWait} of {@code gateway.yaml}. */
final class ConversationSettings {
    static final Setting<String> DESK = Setting.text(
            "desk", "The desk where conversations go unless a rule says otherwise; needed when there are several.");
    static final Setting<Duration> REOPEN_WITHIN = Setting.duration(
                    "reopenWithin",
                    "How long after it was closed a message reopens a conversation; later it starts a new one that is "
                            + "linked to the old.")
            .or("7d");
    private static final Setting<Duration> MEDIA_WAIT = Setting.duration(
                    "mediaWait",
                    "How long a message waits for its pictures and files before it goes to the desk without them, with "
                            + "a link that works later.")
            .or("10s");

    static final List<Setting<?>> ALL = List.of(DESK, REOPEN_WITHIN, MEDIA_WAIT);

    private ConversationSettings() {}

    static ConversationPolicy of(SettingValues values) {
        return new ConversationPolicy(
                values.find(DESK).orElse(null), values.get(REOPEN_WITHIN), values.get(MEDIA_WAIT));
    }
}
