// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.Limits;
import io.dragoman.connector.Limits.MediaLimit;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Choices;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Part.Text;
import io.dragoman.model.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fits a message into what a channel can take. Pure. What cannot be shown is shown in a plainer way, and every loss is
 * told.
 */
public final class Rendering {
    private static final Set<MediaKind> CAPTIONED = Set.of(MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.FILE);
    /** The longest line below a choice that messengers with lists show. */
    private static final int DESCRIPTION = 72;
    /** The label of a list that was asked for as buttons: understood in most languages. */
    private static final String LIST_LABEL = "Menu";

    private final Limits limits;
    private final Function<Part.Media, @Nullable String> link;
    private final List<Part> shown = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();

    private Rendering(Limits limits, Function<Part.Media, @Nullable String> link) {
        this.limits = limits;
        this.link = link;
    }

    /**
     * How a message is sent.
     *
     * @param steps each is one delivery step with its own provider id: one part, or a medium and the text that goes
     *     as its caption; empty when the channel can show nothing of the message
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
     * @param link makes an address under which the customer can open a medium; null for none
     */
    public static Plan plan(Limits limits, List<Part> parts, Function<Part.Media, @Nullable String> link) {
        Rendering rendering = new Rendering(limits, link);
        parts.forEach(rendering::show);
        return new Plan(rendering.steps(), rendering.losses);
    }

    private void show(Part part) {
        if (part instanceof Text text) {
            text(text);
        } else if (part instanceof Part.Media media) {
            media(media);
        } else if (part instanceof Part.Location location) {
            location(location);
        } else if (part instanceof Part.ContactCard card) {
            card(card);
        } else if (part instanceof Choices choices) {
            choices(choices);
        } else if (part instanceof Part.Template template) {
            template(template);
        } else if (part instanceof Part.ChoiceMade made) {
            plain(made.title(), "A choice made goes as text.");
        } else if (part instanceof Part.Unsupported unsupported) {
            plain("[" + unsupported.what() + "]", "Content of a kind that we do not know goes as its name only.");
        }
    }

    private void text(Text text) {
        List<String> pieces = LongText.split(text.text(), limits.text(), limits.unit());
        if (pieces.isEmpty() && !text.text().isBlank()) {
            losses.add("The channel shows no text: it was left out.");
        }
        if (pieces.equals(List.of(text.text()))) {
            shown.add(text); // with its other forms
        } else {
            pieces.forEach(piece -> shown.add(new Text(piece)));
        }
    }

    private void plain(String text, String loss) {
        losses.add(loss);
        text(new Text(text));
    }

    private void media(Part.Media media) {
        String what = word(media.media()) + " (" + media.mimeType() + ")";
        if (takes(media.media(), media)) {
            shown.add(media);
        } else if (takes(MediaKind.FILE, media)) {
            losses.add("The channel does not take this " + what + " as such: it goes as a file.");
            shown.add(new Part.Media(
                    MediaKind.FILE,
                    media.mimeType(),
                    media.fileName(),
                    media.size(),
                    media.source(),
                    media.id(),
                    media.url()));
        } else {
            String address = link.apply(media);
            if (address == null) {
                losses.add("The channel does not take this " + what + " and there is no link to it: it was left out.");
            } else {
                String name = media.fileName() == null ? "" : media.fileName() + ": ";
                plain(name + address, "The channel does not take this " + what + ": it goes as a link.");
            }
        }
    }

    private boolean takes(MediaKind kind, Part.Media media) {
        MediaLimit limit = limits.media().get(kind);
        int parameters = media.mimeType().indexOf(';');
        String type = parameters < 0 ? media.mimeType() : media.mimeType().substring(0, parameters);
        return limit != null
                && limit.takes(type.strip().toLowerCase(Locale.ROOT))
                && (media.size() == null || media.size() <= limit.largest());
    }

    private void location(Part.Location location) {
        if (limits.location()) {
            shown.add(location);
            return;
        }
        String map = "https://maps.google.com/?q=" + degrees(location.latitude()) + "," + degrees(location.longitude());
        plain(lines(Stream.of(location.name(), location.address(), map)), "A location goes as text with a map link.");
    }

    private void card(Part.ContactCard card) {
        if (limits.contacts()) {
            shown.add(card);
            return;
        }
        Stream<String> numbers = Stream.concat(card.phones().stream(), card.emails().stream());
        plain(lines(Stream.concat(Stream.of(card.name()), numbers)), "A contact card goes as text.");
    }

    private void template(Part.Template template) {
        if (limits.templates()) {
            shown.add(template);
        } else {
            losses.add("The channel has no templates: template " + template.name() + " was left out.");
        }
    }

    private void choices(Choices choices) {
        int count = choices.choices().size();
        boolean titlesFit =
                choices.choices().stream().allMatch(choice -> choice.title().length() <= limits.choiceTitle());
        boolean buttons = titlesFit && count <= limits.buttons();
        boolean list = titlesFit && count <= limits.rows();
        boolean described = choices.choices().stream().anyMatch(choice -> choice.description() != null);
        if (buttons && (!list || (choices.button() == null && !described))) {
            buttons(choices, described);
        } else if (list) {
            list(choices);
        } else {
            numbered(choices, titlesFit);
        }
    }

    private void buttons(Choices choices, boolean described) {
        if (choices.button() != null) {
            losses.add("The channel shows no list: the choices go as buttons.");
        }
        if (described) {
            losses.add("The channel shows no descriptions of choices: they were left out.");
        }
        List<Choice> bare = choices.choices().stream()
                .map(choice -> new Choice(choice.id(), choice.title(), null))
                .toList();
        shown.add(new Choices(question(choices.text()), bare, null));
    }

    private void list(Choices choices) {
        if (choices.button() == null) {
            losses.add("The channel cannot show these choices as buttons: they go as a list.");
        }
        List<Choice> rows = choices.choices().stream().map(this::shortened).toList();
        String label = choices.button() == null ? LIST_LABEL : choices.button();
        if (label.length() > limits.choiceTitle()) {
            losses.add("The label of the list is too long: it was replaced.");
            label = LIST_LABEL;
        }
        shown.add(new Choices(question(choices.text()), rows, label));
    }

    private Choice shortened(Choice choice) {
        String description = choice.description();
        if (description == null || description.length() <= DESCRIPTION) {
            return choice;
        }
        losses.add("The description of a choice is longer than " + DESCRIPTION + " characters: it was cut.");
        String head = LongText.split(description, DESCRIPTION - 1, Limits.Unit.UTF_16).stream()
                .findFirst()
                .orElse("");
        return new Choice(choice.id(), choice.title(), head + "…");
    }

    /** The last piece of a question, which stands above the choices; what comes before goes ahead as text. */
    private String question(String text) {
        List<String> pieces = LongText.split(text, limits.choiceText(), limits.unit());
        if (pieces.size() < 2) {
            return text;
        }
        losses.add("The question is too long: it goes in " + pieces.size() + " messages.");
        pieces.subList(0, pieces.size() - 1).forEach(piece -> text(new Text(piece)));
        return pieces.get(pieces.size() - 1);
    }

    private void numbered(Choices choices, boolean titlesFit) {
        StringBuilder text = new StringBuilder(choices.text());
        int number = 1;
        for (Choice choice : choices.choices()) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(number++)
                    .append(". ")
                    .append(choice.title());
            if (choice.description() != null) {
                text.append(": ").append(choice.description());
            }
        }
        boolean none = limits.buttons() == 0 && limits.rows() == 0;
        String why = none ? "shows no choices" : titlesFit ? "shows fewer choices" : "shows only shorter titles";
        plain(text.toString(), "The channel " + why + ": they go as a numbered list.");
    }

    private List<List<Part>> steps() {
        List<List<Part>> steps = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            Part part = shown.get(i);
            Part next = i + 1 < shown.size() ? shown.get(i + 1) : null;
            if (part instanceof Part.Media media && CAPTIONED.contains(media.media()) && isCaption(next)) {
                steps.add(Stream.of(part, next).map(Part.class::cast).toList());
                i++;
            } else {
                steps.add(List.of(part));
            }
        }
        return steps;
    }

    private boolean isCaption(@Nullable Part next) {
        return next instanceof Text text && LongText.count(text.text(), limits.unit()) <= limits.caption();
    }

    private static String word(MediaKind kind) {
        return Words.of(kind);
    }

    private static String degrees(double value) {
        return BigDecimal.valueOf(value).toPlainString();
    }

    private static String lines(Stream<@Nullable String> lines) {
        return lines.filter(line -> line != null && !line.isBlank()).collect(Collectors.joining("\n"));
    }
}
