// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Setting;
import io.dragoman.store.RetentionPolicy;
import java.time.Duration;
import java.util.List;

/** After how long what is kept is erased: {@code retention} of {@code gateway.yaml}; what it does not name is kept. */
final class RetentionSettings {
    private static final Duration SHORTEST = Duration.ofDays(1);

    private static final Setting<Duration> REQUESTS = age(
            "requests",
            "After how long the bytes of stored requests are erased, with what was read from them and what was decided, such as 30d. Messages stay. What waits or is dead is kept.");
    private static final Setting<Duration> MEDIA =
            age("media", "After how long pictures and files of messages are erased, such as 180d.");
    static final Setting<Duration> CONVERSATIONS = age(
            "conversations",
            "How long after the last thing that happened in it a closed conversation is erased, with all that belongs to it, such as 730d.");
    private static final Setting<Duration> CONTACTS = age(
            "contacts",
            "After how long a contact is erased that has no conversation, such as 1095d; one that withdrew a consent is kept.");

    static final List<Setting<?>> ALL = List.of(REQUESTS, MEDIA, CONVERSATIONS, CONTACTS);

    private RetentionSettings() {}

    private static Setting<Duration> age(String name, String description) {
        Setting<Duration> any = Setting.duration("retention." + name, description);
        return new Setting<>(any.name(), description, Setting.Type.DURATION, null, false, List.of(), text -> {
            Duration age = any.parser().apply(text);
            if (age.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException("must be a day (1d) or more");
            }
            return age;
        });
    }

    static RetentionPolicy of(SettingValues values) {
        return new RetentionPolicy(
                values.find(REQUESTS).orElse(null),
                values.find(MEDIA).orElse(null),
                values.find(CONVERSATIONS).orElse(null),
                values.find(CONTACTS).orElse(null));
    }
}
