// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.teams;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** How the Bot Connector looks at a message that it is given. */
final class ActivityCheck {
    /** In UTF-16 units, of two bytes each. */
    private static final int LARGEST = 50_000;

    private static final int MOST_ACTIONS = 6;
    private static final Set<String> FORMATS = Set.of("", "plain", "markdown", "xml");
    private static final String CARD = "application/vnd.microsoft.card.adaptive";

    private ActivityCheck() {}

    /** The code of its error; empty when it takes it. */
    static Optional<String> error(JsonNode activity) {
        boolean typed = activity.path("type").asText().equals("message")
                && FORMATS.contains(activity.path("textFormat").asText());
        boolean says = !activity.path("text").asText().isBlank()
                || !activity.path("attachments").isEmpty();
        if (!typed || !says) {
            return Optional.of("BadSyntax");
        }
        if (activity.toString().length() > LARGEST) {
            return Optional.of("MessageSizeTooBig");
        }
        for (JsonNode attachment : activity.path("attachments")) {
            if (!isAttachment(attachment)) {
                return Optional.of("BadArgument");
            }
        }
        return Optional.empty();
    }

    private static boolean isAttachment(JsonNode attachment) {
        String type = attachment.path("contentType").asText();
        return type.equals(CARD)
                ? isCard(attachment.path("content"))
                : type.startsWith("image/")
                        && attachment.path("contentUrl").asText().matches("https?://.+");
    }

    private static boolean isCard(JsonNode card) {
        boolean good = card.path("type").asText().equals("AdaptiveCard")
                && card.path("version").asText().matches("1\\.[0-5]")
                && card.path("actions").size() <= MOST_ACTIONS
                && card.at("/body/0/inlines/0/text").isTextual();
        for (JsonNode action : card.path("actions")) {
            good &= action.path("type").asText().equals("Action.Submit")
                    && !action.path("title").asText().isEmpty()
                    && action.path("data").isObject();
        }
        return good;
    }

    /** What people see of it. */
    static String shown(JsonNode activity) {
        JsonNode attachment = activity.at("/attachments/0");
        return attachment.isMissingNode()
                ? activity.path("text").asText()
                : attachment.path("contentType").asText().equals(CARD)
                        ? attachment.at("/content/body/0/inlines/0/text").asText()
                        : "[image] " + attachment.path("contentUrl").asText();
    }
}
