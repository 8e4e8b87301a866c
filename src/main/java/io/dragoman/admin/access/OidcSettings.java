// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin.access;

import io.dragoman.connector.Secret;
import io.dragoman.model.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The identity provider at which people log in to the console.
 *
 * @param issuer without a trailing slash; the operator vouches for it
 * @param console where browsers reach the console, without a trailing slash
 * @param scope what is asked for, with spaces between
 * @param roleClaim the claim that says which groups somebody is in; a dot is a level
 * @param roles the groups of each role
 */
public record OidcSettings(
        URI issuer,
        String clientId,
        Secret clientSecret,
        URI console,
        String scope,
        String roleClaim,
        Map<Role, List<String>> roles) {
    /** Where the provider sends browsers back to, below the console's address. */
    public static final String CALLBACK = "/console/oidc/callback";

    public OidcSettings {
        roles = Map.copyOf(roles);
    }

    String redirect() {
        return console + CALLBACK;
    }
}
