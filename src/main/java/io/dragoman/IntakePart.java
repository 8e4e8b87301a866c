// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.http.server.PublicRouter;
import io.dragoman.intake.Acknowledge;
import io.dragoman.intake.EventReader;
import io.dragoman.intake.StoreEvents;
import io.dragoman.intake.Verify;
import io.dragoman.route.IntakeComponent;
import io.dragoman.route.SourceComponent;
import io.dragoman.store.blob.MediaFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** From the wire to the store: what {@code routes/intake.camel.yaml} names. */
final class IntakePart {
    private static final int LARGEST_ROW_BODY = 256 * 1024;

    private IntakePart() {}

    static void bind(Foundation base, PublicRouter router) {
        Verify verify = new Verify(base.meters);
        StoreEvents store = new StoreEvents(
                base.store,
                new EventReader(() -> base.registry.all().toList()),
                body -> large(base.files, body),
                base::newId,
                base.clock,
                base.meters,
                base.activity);
        CamelContext camel = base.camel.getCamelContext();
        camel.addComponent("webhook", SourceComponent.webhooks(base.registry, router, base.clock));
        camel.addComponent(
                "poll",
                SourceComponent.polls(
                        base.registry, base.store, base.owner, base.transport, base.activity, base.clock));
        camel.addComponent("intake", new IntakeComponent(base.registry, verify, store, base.clock));
        base.camel.bind("verify", verify);
        base.camel.bind("store", store);
        base.camel.bind("acknowledge", new Acknowledge());
    }

    private static @Nullable String large(MediaFiles files, byte[] body) throws IOException {
        return body.length <= LARGEST_ROW_BODY
                ? null
                : files.keep(new ByteArrayInputStream(body), "application/octet-stream", body.length)
                        .sha256();
    }
}
