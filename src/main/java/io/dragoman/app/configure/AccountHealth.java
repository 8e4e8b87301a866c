// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.configure;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dragoman.app.phrase.Phrase;
import io.dragoman.app.status.NoticeStatus;
import io.dragoman.work.ChannelActivity;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel or desk as an operator sees it.
 *
 * @param title its kind, or its profile
 * @param state {@code ok}, {@code waiting} for its first success, {@code paused}, {@code failing} or {@code off}
 * @param sentence how it is, in plain words
 * @param phrases the clauses of the sentence, for other languages
 * @param lastInAt when something last came from there; null for never; so with {@code lastOutAt}
 * @param lastAskedAt when it was last asked for what is new; null where it never is
 * @param callbackUrl where its provider has to post; null where nothing is posted
 * @param setUp what has to be done at its provider, in order
 * @param token what is known of the end of its login
 * @param circuit whether anything goes there
 * @param refusals requests that were not authentic since the start, the latest first
 * @param capabilities what it can do, by name
 * @param source where it stands in the configuration; null for one that stands nowhere
 * @param defaultDesk whether conversations go there unless a rule says otherwise; null for a channel
 * @param settings as they are written; null in a list
 */
@RecordBuilder
public record AccountHealth(
        String id,
        String side,
        String kind,
        @Nullable String profile,
        String title,
        String state,
        String sentence,
        List<Phrase> phrases,
        @Nullable Instant lastInAt,
        @Nullable Instant lastOutAt,
        @Nullable Instant lastAskedAt,
        @Nullable String callbackUrl,
        List<String> setUp,
        @Nullable TokenState token,
        CircuitState circuit,
        List<NoticeStatus> notices,
        List<ChannelActivity.Refusal> refusals,
        Map<String, Object> capabilities,
        @Nullable Source source,
        @Nullable Boolean defaultDesk,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, ShownSetting> settings) {
    public AccountHealth {
        phrases = List.copyOf(phrases);
        setUp = List.copyOf(setUp);
        notices = List.copyOf(notices);
        refusals = List.copyOf(refusals);
    }

    /** The same for those who may not see the configuration: addresses and steps can hold what it takes from elsewhere. */
    public AccountHealth withoutSettings() {
        return new AccountHealth(
                id,
                side,
                kind,
                profile,
                title,
                state,
                sentence,
                phrases,
                lastInAt,
                lastOutAt,
                lastAskedAt,
                null,
                List.of(),
                token,
                circuit,
                notices,
                refusals,
                capabilities,
                source,
                defaultDesk,
                null);
    }

    /**
     * A login.
     *
     * @param status {@code ok}, {@code ending}, {@code refused} or {@code missing}
     * @param endsAt when it ends unless it is renewed; null for unknown
     */
    public record TokenState(String status, @Nullable Instant endsAt) {}

    /**
     * Whether anything goes there.
     *
     * @param state {@code closed}: all goes there; {@code open}: only a try now and then
     */
    public record CircuitState(
            String state,
            int failures,
            @Nullable Instant since,
            @Nullable Instant nextTry,
            @Nullable String problem) {}

    /**
     * A place in a file.
     *
     * @param etag what the file held then, in one word
     */
    public record Source(String file, int line, String etag) {}

    /**
     * A setting as it is written.
     *
     * @param text what is written; null for a secret
     * @param secret whether it is one, or may hold one
     * @param reference where a secret is, such as {@code ${env:NAME}}; null for one that is written out
     * @param given {@code plain} for a secret that is written out, which is not shown
     * @param known whether this kind has such a setting
     */
    public record ShownSetting(
            @Nullable String text,
            boolean secret,
            @Nullable String reference,
            @Nullable String given,
            boolean known) {
        @Override
        public String toString() {
            return "ShownSetting[…]";
        }
    }
}
