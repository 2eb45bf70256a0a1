// Keeps a library whole while its folder has no source file of its own.
