// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.kit.SafeText;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.Words;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a message that do not reach the customer while its words do, as sentences for agents. */
final class LostFiles {
    /** What of a refusal is the file's own fault, and not that of the customer's address or our account. */
    private static final Set<Reason> OF_FILES =
            Set.of(Reason.MEDIA_REFUSED, Reason.TOO_LARGE, Reason.CONTENT_REFUSED, Reason.UNSUPPORTED);

    private LostFiles() {}

    /**
     * Those of an attempt.
     *
     * @param steps all that the message is sent in
     * @param step the one that was tried
     */
    static List<String> of(Outcome outcome, List<List<Part>> steps, int step, SendableParts ready) {
        if (outcome instanceof Outcome.Sent) {
            return step + 1 >= steps.size() && ready.missing() == null ? ready.lost() : List.of();
        }
        if (step == 0 || !(outcome instanceof Outcome.Refused refused) || !OF_FILES.contains(refused.reason())) {
            return List.of();
        }
        List<Part> rest =
                steps.subList(step, steps.size()).stream().flatMap(List::stream).toList();
        if (!rest.stream().allMatch(Part.Media.class::isInstance)) {
            return List.of(); // words are lost as well
        }
        return Stream.concat(
                        rest.stream().map(part -> sentence((Part.Media) part, refused.detail())), ready.lost().stream())
                .toList();
    }

    static String sentence(Part.Media media, String why) {
        return sentence(name(media), why);
    }

    private static String sentence(String file, String why) {
        return "The file " + file + " did not reach the customer: " + why + ". The rest of the message was sent.";
    }

    /** As it may be shown: what a sender calls a file is anything. */
    private static String name(Part.Media media) {
        String named = media.fileName();
        @Nullable String clean = named == null ? null : SafeText.fileName(named);
        return clean == null ? "(" + Words.of(media.media()) + " without a name)" : clean;
    }
}
