// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Setting;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.profile.CallReader;
import io.dragoman.profile.CallReader.Files;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.Section;
import java.time.Duration;

/** Reads {@code receive.poll}: how a helpdesk is asked what changed. */
final class PollReader {
    private static final String EARLIER = "earlier";
    private static final String WHEN = "when";

    private final CallReader reader;
    private final String title;
    private final ErrorCodes<String> errors;

    /** @param reader makes requests, with the credentials of those that send */
    PollReader(CallReader reader, String title, ErrorCodes<String> errors) {
        this.reader = reader;
        this.title = title;
        this.errors = errors;
    }

    Poll read(Section poll) {
        CallTemplate request = reader.call(
                poll, Files.NONE, "items", "next", "cursor", "detail", "more", "each", "overlap", "every", "answer");
        String every = poll.text("every", "1m");
        Duration parsed =
                poll.parsed("every", every, Setting.duration("every", "").parser(), Duration.ofMinutes(1));
        if (parsed.isZero()) {
            poll.error("every", "is no time at all, but must be one such as 1m: an account says pollEvery: off.");
        }
        return new Poll(
                request,
                reader.besides(poll, title, errors),
                poll.section("answer").map(own -> own.expression("accepted")).orElse(null),
                poll.expression("items"),
                poll.expression("next"),
                poll.expression("cursor"),
                poll.section("detail").map(this::detail).orElse(null),
                poll.section("more")
                        .map(more -> new Detail(
                                reader.call(more, Files.NONE, WHEN), more.expression(WHEN), false, null, false))
                        .orElse(null),
                poll.expression("each"),
                NoticeReader.duration(poll, "overlap", "1m"),
                every);
    }

    private Detail detail(Section detail) {
        CallTemplate request = reader.call(detail, Files.NONE, WHEN, "once", "next", EARLIER);
        if (detail.has("next") && detail.has(EARLIER)) {
            detail.error(EARLIER, "is in place of next:, where the newest come first. Keep one of them.");
        }
        return new Detail(
                request,
                detail.expression(WHEN),
                detail.flag("once"),
                detail.expression(detail.has(EARLIER) ? EARLIER : "next"),
                detail.has(EARLIER));
    }
}
