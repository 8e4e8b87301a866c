// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.status;

import io.dragoman.model.AccountNotice.Standing;
import io.dragoman.store.AccountNotices;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.List;

/**
 * What a provider said of the account last about one subject, and has not taken back.
 *
 * @param problem whether something is wrong; otherwise it is news
 * @param at when the provider said so
 */
public record NoticeStatus(String about, String text, boolean problem, Instant at) {
    static List<NoticeStatus> of(Tx tx, String account, Instant now) {
        return tx.notices().standing(account, now).stream()
                .map(NoticeStatus::of)
                .toList();
    }

    private static NoticeStatus of(AccountNotices.Notice notice) {
        return new NoticeStatus(notice.about(), notice.text(), notice.standing() == Standing.PROBLEM, notice.at());
    }

    @Override
    public String toString() {
        return "NoticeStatus[…]";
    }
}
