// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import io.dragoman.channel.meta.MetaPayload;
import io.dragoman.connector.kit.ErrorCodes.Meaning;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Ignored;
import java.util.Map;

/** What webhooks of an account bring that nothing is done about, and why; by the names that Meta gives it. */
final class IgnoredNews {
    private static final String ACCOUNT = "it is about the business account, not a customer";
    private static final String TEMPLATE = "it is about a template";
    private static final String GROUP = "it is about a group, not a message in it";

    /** Every field of Meta's list that {@link InboundReader} does not read. */
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("account_offboarded", ACCOUNT),
            Map.entry("account_reconnected", ACCOUNT),
            Map.entry("account_settings_update", ACCOUNT),
            Map.entry("automatic_events", "it is what Meta takes a chat for, such as a lead"),
            Map.entry("business_capability_update", ACCOUNT),
            Map.entry("business_status_update", ACCOUNT),
            Map.entry("business_username_update", ACCOUNT),
            Map.entry("flows", "it is about a flow's endpoint"),
            Map.entry("group_lifecycle_update", GROUP),
            Map.entry("group_participants_update", GROUP),
            Map.entry("group_settings_update", GROUP),
            Map.entry("group_status_update", GROUP),
            Map.entry("history", "it is what was written before the number was connected"),
            Map.entry("message_template_components_update", TEMPLATE),
            Map.entry("messaging_handovers", "it says which app answers, and standby brings what customers write"),
            Map.entry("partner_solutions", ACCOUNT),
            Map.entry("payment_configuration_update", "nothing is sold here"),
            Map.entry("security", ACCOUNT),
            Map.entry("smb_app_state_sync", "it is the address book of the business' phone"),
            Map.entry("template_category_update", TEMPLATE),
            Map.entry("template_correct_category_detection", TEMPLATE),
            Map.entry("tracking_events", "it is about clicks on advertisements"));

    private IgnoredNews() {}

    static String why(String field) {
        return FIELDS.getOrDefault(field, "this version does not know what it is");
    }

    static void field(MetaPayload payload, String field) {
        payload.ignored("field." + Ignored.word(field), why(field));
    }

    static void status(MetaPayload payload, String word) {
        payload.ignored("status." + Ignored.word(word), "the status says nothing of how far a message got");
    }

    static void welcome(MetaPayload payload, String type) {
        payload.ignored("message." + type, "somebody opened the chat for the first time, and has written nothing yet");
    }

    static void call(MetaPayload payload, JsonFields call) {
        String event = call.word("event");
        payload.ignored(
                "call." + (event == null ? "unknown" : Ignored.word(event)),
                "nobody called in vain: it goes on, was taken, or is our own");
    }

    static void reactionTakenBack(MetaPayload payload) {
        payload.ignored("echo.reaction", "the business took back a reaction of its own");
    }

    /** An error that Meta tells of nothing that has an id. */
    static void error(MetaPayload payload, JsonFields error) {
        int code = error.node().path("code").asInt(-1);
        String meaning = ErrorTable.CODES.find(code).map(Meaning::text).orElse("an error that is not documented");
        payload.ignored("error", "WhatsApp code " + code + ": " + meaning);
    }
}
