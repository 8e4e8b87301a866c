// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.Conversation;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.rules.survey.Survey;
import io.dragoman.rules.survey.Survey.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a survey looks on a channel: choices, which each channel shows as buttons, a list or numbers; a number to write; in a
 * mail links to a page of ours.
 *
 * @param links the address of the page of a survey that was sent, by our id of it
 */
record SurveyMessage(UnaryOperator<String> links) {
    private static final String CHOICE = "survey:";

    List<Part> parts(String id, Survey survey, String language, Conversation conversation) {
        String question = survey.question(language);
        Scale scale = survey.scale();
        List<String> titles = survey.choices(language);
        if (conversation.subject() != null) {
            return List.of(new Part.Text(question + "\n\n" + linked(id, scale, titles)));
        } else if (titles.isEmpty()) {
            return List.of(new Part.Text(question + "\n" + scale.least() + "–" + scale.most()));
        }
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            choices.add(new Choice(CHOICE + id + ":" + (scale.least() + i), titles.get(i), null));
        }
        return List.of(new Part.Choices(question, choices, null));
    }

    private String linked(String id, Scale scale, List<String> titles) {
        String page = links.apply(id);
        StringBuilder lines = new StringBuilder();
        for (int score = scale.least(); score <= scale.most(); score++) {
            String title = titles.isEmpty() ? "" : " " + titles.get(score - scale.least());
            lines.append(score)
                    .append(title)
                    .append(": ")
                    .append(page)
                    .append("?r=")
                    .append(score)
                    .append('\n');
        }
        return lines.toString();
    }

    /** A score that was picked, and of which survey. */
    record Picked(String survey, int score) {}

    /** What the id of a choice says. */
    static Optional<Picked> picked(String choice) {
        String[] words = choice.split(":", 3);
        boolean ours = words.length == 3 && choice.startsWith(CHOICE) && words[2].matches("\\d{1,2}");
        return ours ? Optional.of(new Picked(words[1], Integer.parseInt(words[2]))) : Optional.empty();
    }
}
