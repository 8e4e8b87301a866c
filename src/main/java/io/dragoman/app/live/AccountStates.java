// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.live;

import io.dragoman.app.status.GatewayStatus.ChannelStatus;

/** How a channel or desk does, in one of four words. */
public final class AccountStates {
    private AccountStates() {}

    /** {@code ok}, {@code waiting}, {@code paused} or {@code failing}. */
    public static String of(ChannelStatus status) {
        return switch (status.status()) {
            case "waiting", "paused" -> status.status();
            case "ok", "login-ending", "account-problem" -> "ok";
            default -> "failing";
        };
    }
}
