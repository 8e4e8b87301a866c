// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Features;
import io.dragoman.connector.Setting;
import io.dragoman.model.DeskNotice;
import io.dragoman.profile.Profile;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A helpdesk, as a file describes it. Immutable. */
final class DeskProfile extends Profile {
    /** Opens a conversation at the helpdesk. */
    static final String CREATE = "create";

    /** What is written for agents alone, about all that has no request of its own. */
    static final String NOTE = "note";

    /** The requests by the type of notice. */
    static final Map<DeskNotice.Type, String> KEYS = new EnumMap<>(Map.of(
            DeskNotice.Type.MESSAGE_RECEIVED, "append",
            DeskNotice.Type.MESSAGE_SENT, "sent",
            DeskNotice.Type.MESSAGE_EDITED, "edited",
            DeskNotice.Type.MESSAGE_DELETED, "deleted",
            DeskNotice.Type.MESSAGE_REACTION, "reaction",
            DeskNotice.Type.DELIVERY_UPDATED, "delivery",
            DeskNotice.Type.CONVERSATION_UPDATED, "updated"));

    private final AgentReader reader;
    private final Map<String, DeskCall> calls;
    private final boolean idempotent;

    /**
     * @param reader what its webhooks say
     * @param calls by their keys; none where nothing is sent
     * @param idempotent whether the helpdesk recognises our key
     */
    DeskProfile(Head head, AgentReader reader, Map<String, DeskCall> calls, boolean idempotent) {
        super(head);
        this.reader = reader;
        this.calls = Map.copyOf(calls);
        this.idempotent = idempotent;
    }

    AgentReader reader() {
        return reader;
    }

    boolean idempotent() {
        return idempotent;
    }

    /** A request by its key. */
    Optional<DeskCall> call(String key) {
        return Optional.ofNullable(calls.get(key));
    }

    /** Its row in the tables. */
    Features features() {
        return Features.receives(receiving() == null ? "nothing" : "webhook")
                .sends(calls.isEmpty() ? "nothing" : "notices")
                .receipts(call("delivery").or(() -> call(NOTE)).isPresent() ? "shown to agents" : "none")
                .verification(receiving() == null ? "" : receiving().verification())
                .needs(settings().stream()
                        .filter(setting -> setting.required() || setting.verifies())
                        .map(Setting::name)
                        .toArray(String[]::new));
    }
}
