// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Cidr;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, past the proxies that the gateway trusts.
 *
 * @param fixed the provider's addresses, where the profile knows them
 * @param setting that holds them, with commas between them; null where they are fixed
 */
record AddressCheck(List<Cidr> fixed, @Nullable String setting) implements ProofCheck {
    /** Only what InetAddress reads as a literal: a name would ask the DNS. */
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    AddressCheck {
        fixed = List.copyOf(fixed);
    }

    @Override
    public Set<String> headers() {
        return Set.of(Request.CLIENT);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<String> written = setting == null ? Optional.of("") : SettingText.find(account, setting);
        if (written.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        InetAddress client = address(request.header(Request.CLIENT).orElse(""));
        List<Cidr> blocks = new ArrayList<>(fixed);
        for (String block : written.get().split(",", 100)) {
            if (!block.isBlank()) {
                blocks.add(block(block.strip()));
            }
        }
        return Signature.from(request, client, blocks);
    }

    private static Cidr block(String text) throws AuthenticationFailed {
        try {
            return Cidr.parse(text);
        } catch (IllegalArgumentException e) {
            throw new AuthenticationFailed("the addresses in the configuration are no blocks such as 10.1.0.0/16");
        }
    }

    private static InetAddress address(String text) throws AuthenticationFailed {
        try {
            if (LITERAL.matcher(text).matches()) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException e) {
            // the same refusal
        }
        throw new AuthenticationFailed("the client's address is not known");
    }

    @Override
    public String description() {
        return "source address";
    }
}
