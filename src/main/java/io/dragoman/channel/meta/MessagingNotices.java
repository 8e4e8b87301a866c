// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Ignored;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What conversations of the Messenger Platform bring that nothing is done about, and why; by the names that Meta gives it. */
final class MessagingNotices {
    private static final String CONTROL = "it says which app answers, and standby brings what customers write";

    private static final Map<String, String> NOTICES = Map.ofEntries(
            Map.entry("pass_thread_control", CONTROL),
            Map.entry("take_thread_control", CONTROL),
            Map.entry("request_thread_control", CONTROL),
            Map.entry("app_roles", CONTROL),
            Map.entry("account_linking", "accounts are linked elsewhere"),
            Map.entry("policy_enforcement", "it is about the page, not a customer"),
            Map.entry("policy-enforcement", "it is about the page, not a customer"),
            Map.entry("response_feedback", "it rates an answer of an automatic experience"),
            Map.entry("messaging_feedback", "it answers a form of another app"),
            Map.entry("game_play", "it is about a game"),
            Map.entry("message_context", "it tells about a message that comes by itself"),
            Map.entry("typing", "somebody is typing"));

    /** What stands beside whatever an element is about. */
    private static final Set<String> FRAME =
            Set.of("sender", "recipient", "timestamp", "is_echo", "prior_message", "hop_context");

    private MessagingNotices() {}

    static boolean isNotice(JsonFields element) {
        boolean nameless = element.inner("sender").has("user_ref")
                && !element.inner("sender").has("id");
        return nameless || NOTICES.keySet().stream().anyMatch(element::has);
    }

    static void tell(MetaPayload payload, JsonFields element) {
        Optional<Map.Entry<String, String>> notice = NOTICES.entrySet().stream()
                .filter(one -> element.has(one.getKey()))
                .min(Map.Entry.comparingByKey());
        if (notice.isPresent()) {
            payload.ignored(notice.get().getKey(), notice.get().getValue());
        } else {
            payload.ignored("optin.user_ref", "somebody ticked a box of a web page, and has written nothing yet");
        }
    }

    static void unknown(MetaPayload payload, JsonFields element) {
        for (Iterator<String> names = element.node().fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FRAME.contains(name)) {
                payload.ignored("event." + Ignored.word(name), "this version does not know what it is");
                return;
            }
        }
        payload.unidentified();
    }
}
