// Loaded into a process under test: ends it when the tests that started it are gone.

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 5_000).unref();
});
// Listening must not keep the process alive.
process.channel?.unref();
