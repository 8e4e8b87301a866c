// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.configure;

import io.dragoman.connector.Channel;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Desk;
import io.dragoman.connector.Limits;
import io.dragoman.connector.SelfTest;
import io.dragoman.connector.WritesFirst;
import io.dragoman.model.Words;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a channel or desk can do, by name, for who shows it. */
final class Capabilities {
    private Capabilities() {}

    static Map<String, Object> of(ConfiguredAccount configured) {
        Map<String, Object> capabilities = new LinkedHashMap<>();
        capabilities.put("test", configured.connector() instanceof SelfTest);
        capabilities.put("connects", ProviderWebhooks.canConnect(configured));
        if (configured.connector() instanceof Channel channel) {
            channel(configured, channel.limits(configured.account()), capabilities);
        } else if (configured.connector() instanceof Desk desk) {
            desk.capabilities().forEach((what, how) -> capabilities.put(what.title(), how));
        }
        return capabilities;
    }

    private static void channel(ConfiguredAccount configured, Limits limits, Map<String, Object> capabilities) {
        capabilities.put("sends", !configured.connector().features().sendsNothing());
        capabilities.put("writesFirst", configured.connector() instanceof WritesFirst);
        capabilities.put("subjects", configured.connector() instanceof WritesFirst first && first.hasSubjects());
        capabilities.put("marksRead", configured.marksRead());
        capabilities.put("text", limits.text());
        capabilities.put("buttons", limits.buttons());
        capabilities.put("rows", limits.rows());
        capabilities.put(
                "media",
                limits.media().keySet().stream().map(Words::of).sorted().toList());
        capabilities.put("location", limits.location());
        capabilities.put("contacts", limits.contacts());
        capabilities.put("templates", limits.templates());
        capabilities.put("cards", limits.cards() != null);
        if (limits.replyWindow() != null) {
            capabilities.put("replyWindow", limits.replyWindow());
        }
    }
}
