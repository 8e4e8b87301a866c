// SPDX-License-Identifier: Apache-2.0
/** The two ports, the public one for webhooks and media, the admin one for operators; signed links to media. */
@NullMarked
package io.dragoman.http.server;

import org.jspecify.annotations.NullMarked;
