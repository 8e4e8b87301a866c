// SPDX-License-Identifier: Apache-2.0
/** The two ports: the public one for webhooks and media, the admin one for operators. */
@NullMarked
package io.dragoman.http;

import org.jspecify.annotations.NullMarked;
