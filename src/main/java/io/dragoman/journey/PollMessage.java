// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.rules.poll.Poll;
import io.dragoman.rules.poll.PollQuestion;
import io.dragoman.rules.survey.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a question of a poll looks on a channel: choices, which each channel shows as buttons, a list or numbers, or a text. */
final class PollMessage {
    private static final String CHOICE = "poll:";

    private PollMessage() {}

    /** @param before what is said first; empty for nothing */
    static List<Part> parts(String id, Poll poll, PollQuestion question, String language, String before) {
        Survey wording = question.wording();
        String text = before.isEmpty() ? wording.question(language) : before + "\n\n" + wording.question(language);
        List<String> titles = wording.choices(language);
        if (titles.isEmpty()) {
            return List.of(new Part.Text(text));
        }
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            int number = i + 1;
            choices.add(new Choice(
                    CHOICE + id + ":" + poll.questions().indexOf(question) + ":" + number, titles.get(i), null));
        }
        return List.of(new Part.Choices(text, choices, null));
    }

    /** A choice that was picked: of which poll, of its question of which place, and its number. */
    record Picked(String poll, int question, int choice) {}

    /** What the id of a choice says. */
    static Optional<Picked> picked(String choice) {
        String[] words = choice.split(":", 4);
        boolean ours = words.length == 4
                && choice.startsWith(CHOICE)
                && words[2].matches("\\d{1,2}")
                && words[3].matches("\\d{1,2}");
        return ours
                ? Optional.of(new Picked(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3])))
                : Optional.empty();
    }
}
