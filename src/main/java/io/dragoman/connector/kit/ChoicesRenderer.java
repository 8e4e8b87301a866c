// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.Limits;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Choices;
import io.dragoman.model.Part.Text;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Shows choices as buttons, as a list, or as a numbered text. */
final class ChoicesRenderer {
    /** The longest line below a choice that messengers with lists show. */
    private static final int DESCRIPTION = 72;
    /** The label of a list that was asked for as buttons: understood in most languages. */
    private static final String LIST_LABEL = "Menu";

    private final Limits limits;
    private final List<String> losses;

    ChoicesRenderer(Limits limits, List<String> losses) {
        this.limits = limits;
        this.losses = losses;
    }

    /** The choices with what goes ahead of them; texts are still to be fitted. */
    List<Part> render(Choices choices) {
        int count = choices.choices().size();
        boolean titlesFit =
                choices.choices().stream().allMatch(choice -> choice.title().length() <= limits.choiceTitle());
        boolean buttons = titlesFit && count <= limits.buttons();
        boolean list = titlesFit && count <= limits.rows();
        boolean described = choices.choices().stream().anyMatch(choice -> choice.description() != null);
        if (buttons && (!list || (choices.button() == null && !described))) {
            return buttons(choices, described);
        }
        return list ? list(choices) : List.of(numbered(choices, titlesFit));
    }

    private List<Part> buttons(Choices choices, boolean described) {
        if (choices.button() != null) {
            losses.add("The channel shows no list: the choices go as buttons.");
        }
        if (described) {
            losses.add("The channel shows no descriptions of choices: they were left out.");
        }
        List<Choice> bare = choices.choices().stream()
                .map(choice -> new Choice(choice.id(), choice.title(), null))
                .toList();
        return asked(choices.text(), question -> new Choices(question, bare, null));
    }

    private List<Part> list(Choices choices) {
        if (choices.button() == null) {
            losses.add("The channel cannot show these choices as buttons: they go as a list.");
        }
        List<Choice> rows = choices.choices().stream().map(this::shortened).toList();
        String label = choices.button() == null ? LIST_LABEL : choices.button();
        if (label.length() > limits.choiceTitle()) {
            losses.add("The label of the list is too long: it was replaced.");
            label = LIST_LABEL;
        }
        String opener = label;
        return asked(choices.text(), question -> new Choices(question, rows, opener));
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

    /** The last piece of a question stands above the choices; what comes before goes ahead as text. */
    private List<Part> asked(String text, Function<String, Choices> choices) {
        List<String> pieces = LongText.split(text, limits.choiceText(), limits.unit());
        if (pieces.size() < 2) {
            return List.of(choices.apply(text));
        }
        losses.add("The question is too long: it goes in " + pieces.size() + " messages.");
        int last = pieces.size() - 1;
        return Stream.<Part>concat(
                        pieces.subList(0, last).stream().map(Text::new), Stream.of(choices.apply(pieces.get(last))))
                .toList();
    }

    private Text numbered(Choices choices, boolean titlesFit) {
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
        losses.add("The channel " + why + ": they go as a numbered list.");
        return new Text(text.toString());
    }
}
