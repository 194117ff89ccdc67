/**
 * What a caller holds: channels with their sessions and conversations, and the conversation statements that they run in
 * whatever branch the channel is attached to.
 */
package org.parley.engine.session;
