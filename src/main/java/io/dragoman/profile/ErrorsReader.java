// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Reason;
import io.dragoman.model.Words;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Suggestion;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code errors}: the provider's codes below our reasons, of what is refused and of what is to be tried again. */
public final class ErrorsReader {
    private static final String STALE = "stale";
    private static final String WHY = "why";

    private final Section root;
    private final String title;

    public ErrorsReader(Section root, String title) {
        this.root = root;
        this.title = title.isEmpty() ? "the provider" : title;
    }

    /** The codes of {@code errors}; none where it is not there. */
    public ErrorCodes<String> read() {
        ErrorCodes<String> none = ErrorCodes.of(title);
        return root.section("errors")
                .map(section -> codes(section.allow("refused", "retry", "surelyNotSent"), none, new HashSet<>()))
                .orElse(none);
    }

    /** The same of a helpdesk, whose codes may also say that a ticket is gone. */
    public ErrorCodes<String> ofDesk() {
        ErrorCodes<String> none = ErrorCodes.of(title);
        return root.section("errors")
                .map(section -> {
                    section.allow("refused", "retry", "surelyNotSent", "gone", STALE, WHY);
                    Set<String> taken = new HashSet<>();
                    ErrorCodes<String> codes = codes(section, none, taken);
                    return codes.gone("", codes(section, "gone", taken));
                })
                .orElse(none);
    }

    /** The codes that say that a value is no longer good which was kept. */
    public Set<String> stale() {
        return root.section("errors")
                .map(section -> Set.of(codes(section, STALE, new HashSet<>())))
                .orElse(Set.of());
    }

    /** What of an error's body may be shown; null for nothing. */
    public @Nullable Expression why() {
        return root.section("errors").map(section -> section.expression(WHY)).orElse(null);
    }

    private static ErrorCodes<String> codes(Section errors, ErrorCodes<String> none, Set<String> taken) {
        ErrorCodes<String> codes = errors.flag("surelyNotSent") ? none.sureOnServerErrors() : none;
        codes = with(codes, errors, "refused", taken);
        return with(codes, errors, "retry", taken);
    }

    private static ErrorCodes<String> with(ErrorCodes<String> before, Section errors, String key, Set<String> taken) {
        ErrorCodes<String> codes = before;
        Optional<Section> section = errors.section(key);
        if (section.isEmpty()) {
            return codes;
        }
        for (Map.Entry<String, Node> entry :
                section.get().node().needEntries(errors.problems()).entrySet()) {
            String[] words = codes(section.get(), entry.getKey(), taken);
            Optional<Reason> reason = reason(section.get(), entry.getKey());
            if (reason.isPresent()) {
                codes = key.equals("retry")
                        ? codes.passing(reason.get(), "", words)
                        : codes.refused(reason.get(), "", words);
            }
        }
        return codes;
    }

    /** The codes below a reason, each once. */
    private static String[] codes(Section section, String key, Set<String> taken) {
        return section.texts(key).stream()
                .filter(code -> {
                    if (!taken.add(code)) {
                        section.error(key, "has the code " + code + ", which stands here twice. Keep one of the two.");
                        return false;
                    }
                    return true;
                })
                .toArray(String[]::new);
    }

    private static Optional<Reason> reason(Section section, String word) {
        Optional<Reason> reason = Words.find(Reason.class, word);
        if (reason.isEmpty()) {
            section.error(
                    word,
                    "is below '" + word + "', which is no reason of ours. "
                            + Suggestion.sentence(word, Words.all(Reason.class)));
        }
        return reason;
    }

    /** The codes below our reasons in a map of their own, as receipts have them. */
    public ErrorCodes<String> reasons(String key) {
        return with(ErrorCodes.of(title), root, key, new HashSet<>());
    }
}
