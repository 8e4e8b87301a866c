// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.ga4;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.kit.FormFields;
import java.net.URI;

/** The two addresses of the protocol. Both take the secret as a parameter: a call shows its host alone. */
record ApiClient(Account account) {
    /** An event that counts. */
    HttpCall collect(byte[] body) {
        return post("/mp/collect", body);
    }

    /** The same request to the server that says what is wrong with it, and counts nothing. */
    HttpCall validate(byte[] body) {
        return post("/debug/mp/collect", body);
    }

    private HttpCall post(String path, byte[] body) {
        URI base = account.get(Ga4.BASE_URL);
        FormFields query = new FormFields();
        query.add("measurement_id", account.get(Ga4.MEASUREMENT_ID));
        query.add("api_secret", account.get(Ga4.API_SECRET).value());
        return HttpCall.post(URI.create(base + path + "?" + query.query()), HttpCall.Body.json(body))
                .trusting(base);
    }
}
