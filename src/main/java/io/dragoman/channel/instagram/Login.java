// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.instagram;

/** How the app was let into the account; each has its own API. */
enum Login {
    /** By the account itself. */
    INSTAGRAM("https://graph.instagram.com"),
    /** By the Facebook page that it is connected with. */
    FACEBOOK("https://graph.facebook.com");

    private final String api;

    Login(String api) {
        this.api = api;
    }

    String api() {
        return api;
    }
}
