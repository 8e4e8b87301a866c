// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who agreed to notifications, by token, and what Meta refuses to send by these. Thread-safe. */
final class Notifications {
    private final Map<String, String> holders = new ConcurrentHashMap<>();
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();
    /** By which a message went out in the last 48 hours. */
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    void optIn(String token, String customer) {
        holders.put(token, customer);
    }

    /** Whose it is; null for a token that nobody has. */
    @Nullable
    String holder(String token) {
        return holders.get(token);
    }

    String change(String token, boolean again) {
        if (again) {
            stopped.remove(token);
        } else {
            stopped.add(token);
        }
        return Objects.requireNonNull(holders.get(token), "no such token");
    }

    void coolDown() {
        used.clear();
    }

    static ObjectNode optin(String token, String title) {
        return MetaSimulator.object()
                .put("type", "notification_messages")
                .put("payload", title)
                .put("notification_messages_token", token)
                .put("notification_messages_timezone", "Europe/Berlin")
                .put("user_token_status", "NOT_REFRESHED")
                .put("title", title);
    }

    /** Why nothing goes out by it now; null when it is counted as used. */
    @Nullable
    SimulatorResponse refusal(String token) {
        if (holder(token) == null) {
            return MetaSimulator.error(400, 100, 0, "notification_messages_token is invalid");
        }
        if (stopped.contains(token)) {
            return MetaSimulator.error(
                    403, 10, 1893015, "This user has currently stopped notification messages for this topic");
        }
        return used.add(token)
                ? null
                : MetaSimulator.error(
                        400,
                        4,
                        2018354,
                        "There has to be a minimum delay between 2 notifications for the given notification");
    }
}
