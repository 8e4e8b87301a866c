// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.live;

import io.dragoman.app.status.GatewayStatus.ChannelStatus;
import io.dragoman.app.status.LoginForecast.LoginStatus;
import io.dragoman.app.status.NoticeStatus;
import io.dragoman.app.status.SendingStatus;
import io.dragoman.work.ChannelActivity.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page about a channel or desk shows beside its traffic: another look is to be shown.
 *
 * @param asking why asking for what is new fails; null while it does not
 * @param refused the latest request that was not authentic; null for none
 */
record AccountLook(
        String state,
        SendingStatus sending,
        @Nullable String asking,
        @Nullable LoginStatus login,
        List<NoticeStatus> notices,
        @Nullable Refusal refused) {
    /** The state of one that is gone. */
    static final String OFF = "off";

    static AccountLook of(ChannelStatus status, List<Refusal> refusals) {
        return new AccountLook(
                AccountStates.of(status),
                status.sending(),
                status.polling() == null ? null : status.polling().problem(),
                status.login(),
                status.notices(),
                refusals.isEmpty() ? null : refusals.get(0));
    }

    @Override
    public String toString() {
        return "AccountLook[" + state + "]";
    }
}
