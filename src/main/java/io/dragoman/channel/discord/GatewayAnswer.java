// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.Account;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.JsonFields;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to an interaction that came through the Gateway, which is given by a call once it is stored. */
record GatewayAnswer(@Nullable String id, @Nullable String token, Map<String, Object> answer) {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayAnswer.class);
    private static final String TOKEN = "[A-Za-z0-9_.=+-]{1,1000}";

    static GatewayAnswer to(JsonFields interaction, Account account) {
        return new GatewayAnswer(
                interaction.word("id"), interaction.word("token"), InteractionAnswer.to(interaction, account));
    }

    /** A person whose answer does not arrive is shown that the bot did not respond; nothing is lost by it. */
    static void giveAll(List<GatewayAnswer> answers, ApiClient api) {
        for (GatewayAnswer one : answers) {
            if (one.id == null || one.token == null || !Snowflake.is(one.id) || !one.token.matches(TOKEN)) {
                continue;
            }
            try {
                int status = api.answer(one.id, one.token, one.answer).status();
                if (status >= 300) {
                    LOG.warn(
                            "{}: Discord answered {} to the answer to an interaction",
                            api.account().id(),
                            status);
                }
            } catch (TransportFailure e) {
                LOG.warn(
                        "{}: an interaction could not be answered: {}",
                        api.account().id(),
                        e.detail());
            }
        }
    }

    @Override
    public String toString() {
        return "GatewayAnswer[…]";
    }
}
