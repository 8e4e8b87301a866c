// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.AccountNotice;
import io.dragoman.model.AccountNotice.Standing;
import io.dragoman.profile.Element;
import io.dragoman.profile.Expression;
import io.dragoman.profile.ProviderTime;
import io.dragoman.profile.Section;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider tells operators of: it is a problem of the account for 30 days, or until the same is said again.
 *
 * @param about what it is about: the next notice about the same replaces it
 * @param text a clause, without what customers wrote
 */
record NoticeFields(
        @Nullable Expression when,
        @Nullable Expression key,
        @Nullable Expression at,
        Expression about,
        Expression text) {
    static NoticeFields of(Section notice) {
        notice.allow("when", "key", "at", "about", "text");
        return new NoticeFields(
                notice.expression("when"),
                notice.expression("key"),
                notice.expression("at"),
                notice.needExpression("about", "It finds what the notice is about."),
                notice.needExpression("text", "It finds what operators are told."));
    }

    AccountNotice read(Element element) throws MalformedPayload {
        Instant at = ProviderTime.read(element.find(at()).orElse(null), element.receivedAt());
        String subject = element.find(about)
                .filter(one -> !one.isBlank())
                .orElseThrow(() -> new MalformedPayload("notice.about has no value in what was sent"));
        return new AccountNotice(
                element.find(key).orElse("notice:" + subject + ":" + at),
                at,
                subject,
                element.find(text).orElse(subject),
                Standing.PROBLEM);
    }
}
