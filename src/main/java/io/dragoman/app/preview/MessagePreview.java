// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.preview;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Limits;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.connector.kit.SmsText;
import io.dragoman.model.Part;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a message will look on a channel, and what is lost: by the same rendering that sends it.
 *
 * @param channel its id
 * @param kind of the channel
 * @param steps each is a message of the provider, in order; empty when the channel can show nothing of it
 * @param losses what the customer does not see as it was meant, as sentences
 * @param replyWindow how long after the customer's last message this may be sent; null for ever, as a template may
 */
public record MessagePreview(
        String channel,
        String kind,
        List<Step> steps,
        List<String> losses,
        @Nullable Duration replyWindow) {
    public MessagePreview {
        steps = List.copyOf(steps);
        losses = List.copyOf(losses);
    }

    /**
     * One message of the provider.
     *
     * @param parts what it shows
     * @param shortMessages how many short messages are sent and paid for; null on channels that do not count so
     * @param alphabet {@code gsm}, or {@code ucs-2} when a character is outside of that; null likewise
     */
    public record Step(
            List<Part> parts,
            @Nullable Integer shortMessages,
            @Nullable String alphabet) {
        public Step {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return "Step[" + parts.size() + " parts]";
        }
    }

    /**
     * Previews a message; touches neither store nor wire.
     *
     * @param address of the customer, where conversations of different kinds are on one channel
     */
    public static MessagePreview of(ConfiguredAccount channel, List<Part> parts, Optional<String> address) {
        Limits limits = address.map(to -> channel.channel().limits(channel.account(), to))
                .orElseGet(() -> channel.channel().limits(channel.account()));
        String link = channel.account().home().publicUrl() + "/media/…"; // the real one has the file's id
        Rendering.Plan plan = Rendering.plan(limits, parts, media -> media.url() == null ? link : media.url());
        boolean template = parts.stream().anyMatch(Part.Template.class::isInstance);
        return new MessagePreview(
                channel.account().id(),
                channel.account().kind(),
                plan.steps().stream().map(step -> step(limits, step)).toList(),
                plan.losses(),
                template ? null : limits.replyWindow());
    }

    private static Step step(Limits limits, List<Part> parts) {
        if (limits.unit() != Limits.Unit.SMS || !(parts.get(0) instanceof Part.Text text)) {
            return new Step(parts, null, null);
        }
        return new Step(parts, SmsText.segments(text.text()), SmsText.isGsm(text.text()) ? "gsm" : "ucs-2");
    }
}
