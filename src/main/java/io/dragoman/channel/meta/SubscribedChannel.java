// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import io.dragoman.connector.Account;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.WebhookSetup;
import java.util.Optional;

/** A channel of a page or account to whose news an app subscribes. */
public interface SubscribedChannel extends MetaChannel, WebhookSetup {

    /** The word for it in {@code object} of webhooks. */
    String object();

    /** The id of the page or account by which it is sent. */
    String owner(Account account);

    /** The API on behalf of an account. */
    GraphApi api(Account account, Transport transport);

    /** The fields of webhooks to subscribe to, with commas between them. */
    String fields();

    @Override
    default Plan plan(Account account) {
        return AppSubscription.plan(this, account);
    }

    @Override
    default Optional<String> connect(Account account, Transport transport) throws TransportFailure {
        return AppSubscription.connect(this, account, transport);
    }
}
