// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.Limits;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Part.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fits a message into what a channel can take. Pure. What cannot be shown is shown in a plainer way, and every loss is
 * told.
 */
public final class Rendering {
    private static final Set<MediaKind> CAPTIONED = Set.of(MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.FILE);

    private Rendering() {}

    /**
     * How a message is sent.
     *
     * @param steps each is one delivery step with its own provider id: one part, an attachment and the text that goes as
     *     its caption or the choices below it, or all that the channel takes together; empty when the channel can show nothing of the message
     * @param losses what the customer does not see as it was meant, as sentences without content
     */
    public record Plan(List<List<Part>> steps, List<String> losses) {
        public Plan {
            steps = steps.stream().map(List::copyOf).toList();
            losses = List.copyOf(losses);
        }
    }

    /** Plans a message whose media carry their own links. */
    public static Plan plan(Limits limits, List<Part> parts) {
        return plan(limits, parts, Part.Media::url);
    }

    /**
     * Plans a message.
     *
     * @param link makes an address under which the customer can open an attachment; null for none
     */
    public static Plan plan(Limits limits, List<Part> parts, Function<Part.Media, @Nullable String> link) {
        List<String> losses = new ArrayList<>();
        PartRenderer renderer = new PartRenderer(limits, link, losses);
        List<Part> shown =
                parts.stream().flatMap(part -> part.accept(renderer).stream()).toList();
        return new Plan(limits.together() > 0 ? together(limits.together(), shown) : steps(limits, shown), losses);
    }

    private static List<List<Part>> steps(Limits limits, List<Part> shown) {
        List<List<Part>> steps = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            Part part = shown.get(i);
            Part next = i + 1 < shown.size() ? shown.get(i + 1) : null;
            if (part instanceof Part.Media media && (isCaption(limits, media, next) || isBelow(limits, media, next))) {
                steps.add(Stream.of(part, next).map(Part.class::cast).toList());
                i++;
            } else {
                steps.add(List.of(part));
            }
        }
        return steps;
    }

    /** As few messages as hold it. */
    private static List<List<Part>> together(long largest, List<Part> shown) {
        List<List<Part>> steps = new ArrayList<>();
        List<Part> step = new ArrayList<>();
        long bytes = 0;
        for (Part part : shown) {
            long size = part instanceof Part.Media media && media.size() != null ? media.size() : 0;
            if (!step.isEmpty() && bytes + size > largest) {
                steps.add(step);
                step = new ArrayList<>();
                bytes = 0;
            }
            step.add(part);
            bytes += size;
        }
        if (!step.isEmpty()) {
            steps.add(step);
        }
        return steps;
    }

    private static boolean isCaption(Limits limits, Part.Media media, @Nullable Part next) {
        return CAPTIONED.contains(media.media())
                && next instanceof Text text
                && LongText.count(text.text(), limits.unit()) <= limits.caption();
    }

    /** Whether choices go in one message with the attachment above them; a list has no room for it. */
    private static boolean isBelow(Limits limits, Part.Media media, @Nullable Part next) {
        return limits.choiceMedia().contains(media.media())
                && next instanceof Part.Choices choices
                && choices.button() == null;
    }
}
