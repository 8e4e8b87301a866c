// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import com.twilio.security.RequestValidator;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import java.lang.reflect.Method;
import java.util.Map;

/** Twilio's own SDK as the one that signs, and the connector as the one that checks. */
final class Sdk {
    private Sdk() {}

    /** The SDK signs only inside itself. */
    static String sign(String token, String url, Map<String, String> params) {
        try {
            Method method = RequestValidator.class.getDeclaredMethod("getValidationSignature", String.class, Map.class);
            method.setAccessible(true);
            return String.valueOf(method.invoke(new RequestValidator(token), url, params));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the SDK has changed inside", e);
        }
    }

    static boolean accepts(Account account, Request request) {
        try {
            new Twilio().verify(account, request);
            return true;
        } catch (AuthenticationFailed e) {
            return false;
        }
    }
}
