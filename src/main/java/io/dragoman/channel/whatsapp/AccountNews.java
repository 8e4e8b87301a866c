// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import io.dragoman.channel.meta.MetaPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.AccountNotice;
import io.dragoman.model.AccountNotice.Standing;
import io.dragoman.model.Hashes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Meta says of the business account, its numbers and templates, as notices for operators:
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview.
 */
record AccountNews(MetaPayload payload) {
    private static final Map<String, Standing> WORDS = Map.ofEntries(
            // templates, and decisions about names and the account
            Map.entry("APPROVED", Standing.OVER),
            Map.entry("REINSTATED", Standing.OVER),
            Map.entry("REJECTED", Standing.PROBLEM),
            Map.entry("PAUSED", Standing.PROBLEM),
            Map.entry("DISABLED", Standing.PROBLEM),
            Map.entry("FLAGGED", Standing.PROBLEM),
            Map.entry("LIMIT_EXCEEDED", Standing.PROBLEM),
            // quality
            Map.entry("GREEN", Standing.OVER),
            Map.entry("RED", Standing.PROBLEM),
            // numbers
            Map.entry("UNFLAGGED", Standing.OVER),
            Map.entry("DOWNGRADE", Standing.PROBLEM),
            // the account
            Map.entry("ACCOUNT_DELETED", Standing.PROBLEM),
            Map.entry("ACCOUNT_RESTRICTION", Standing.PROBLEM),
            Map.entry("ACCOUNT_VIOLATION", Standing.PROBLEM),
            Map.entry("DISABLE", Standing.PROBLEM),
            Map.entry("SCHEDULE_FOR_DISABLE", Standing.PROBLEM),
            Map.entry("REINSTATE", Standing.OVER),
            // alerts
            Map.entry("CRITICAL", Standing.PROBLEM),
            Map.entry("WARNING", Standing.PROBLEM),
            Map.entry("NONE", Standing.OVER));

    /** The year in which the WhatsApp Business API began. */
    private static final Instant EARLIEST = Instant.parse("2018-01-01T00:00:00Z");

    static final Set<String> FIELDS = Set.of(
            "account_alerts",
            "account_review_update",
            "account_update",
            "message_template_quality_update",
            "message_template_status_update",
            "phone_number_name_update",
            "phone_number_quality_update");

    /** Reads one change of an entry. */
    void read(JsonFields entry, String field, JsonFields change) {
        JsonFields value = change.inner("value");
        Said said =
                switch (field) {
                    case "message_template_status_update", "message_template_quality_update" -> template(value);
                    case "phone_number_quality_update" -> number(value);
                    case "phone_number_name_update" ->
                        said("display name", value.word("decision"), value.word("rejection_reason"));
                    case "account_alerts" -> alert(value);
                    case "account_review_update" -> said("account review", value.word("decision"));
                    default -> account(value);
                };
        if (said == null) {
            payload.unidentified();
            return;
        }
        Instant at = plausible(payload.writtenAt(entry));
        String whole = entry.word("id") + "|" + entry.word("time") + "|" + value.raw();
        String key = "notice|" + field + "|" + Hashes.sha256Hex(whole.getBytes(StandardCharsets.UTF_8));
        payload.add(new AccountNotice(key, at, said.about, said.text, said.standing));
    }

    /** Of two notices the later one stands: a time that cannot be would stand for ever, or never. */
    private Instant plausible(Instant written) {
        return written.isBefore(EARLIEST) || written.isAfter(payload.receivedAt()) ? payload.receivedAt() : written;
    }

    /** A template's status or the quality that customers see in it: both come under either field. */
    private static @Nullable Said template(JsonFields value) {
        String name = value.word("message_template_name");
        if (name == null) {
            return null;
        }
        String template = "template " + name + " (" + value.word("message_template_language") + ")";
        if (value.has("new_quality_score")) {
            return said("quality of " + template, value.word("new_quality_score"));
        }
        String title = value.inner("other_info").word("title");
        JsonFields rejection = value.inner("rejection_info");
        String reason = value.word("reason");
        Said said = said(
                template,
                value.word("event"),
                "NONE".equals(reason) ? null : reason,
                title,
                rejection.word("reason"),
                rejection.word("recommendation"));
        return said != null && "UNPAUSE".equals(title) ? new Said(said.about, said.text, Standing.OVER) : said;
    }

    private static @Nullable Said number(JsonFields value) {
        String limit = value.word("max_daily_conversations_per_business");
        return said(
                "number " + value.word("display_phone_number"),
                value.word("event"),
                limit == null ? value.word("current_limit") : limit);
    }

    private static @Nullable Said alert(JsonFields value) {
        JsonFields alert = value.inner("alert_info").node().isObject() ? value.inner("alert_info") : value;
        String type = alert.word("alert_type");
        boolean over = "NONE".equals(alert.word("alert_status"));
        return type == null
                ? null
                : said(
                        "alert " + type + " of " + value.word("entity_id"),
                        over ? "NONE" : alert.word("alert_severity"),
                        alert.word("alert_description"));
    }

    private static @Nullable Said account(JsonFields value) {
        String event = value.word("event");
        JsonFields ban = value.inner("ban_info");
        if (event == null) {
            return null;
        } else if (ban.has("waba_ban_state")) {
            return said("account", ban.word("waba_ban_state"), ban.word("waba_ban_date"));
        }
        String restrictions = value.each("restriction_info").stream()
                .map(one -> one.word("restriction_type"))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        return said(
                "account " + event,
                event,
                value.inner("violation_info").word("violation_type"),
                restrictions.isEmpty() ? null : restrictions);
    }

    /** By Meta's own word for what happened; one that is not known is news. */
    private static @Nullable Said said(String about, @Nullable String word, @Nullable String... details) {
        if (word == null) {
            return null;
        }
        String text = Stream.concat(Stream.of(word), Stream.of(details).filter(Objects::nonNull))
                .collect(Collectors.joining(", "));
        return new Said(about, "Meta says " + text, WORDS.getOrDefault(word, Standing.NEWS));
    }

    private record Said(String about, String text, Standing standing) {}
}
