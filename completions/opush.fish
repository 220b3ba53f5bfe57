# Completion of opush for fish. What a word may become is asked of opush itself at each Tab, so profiles, certificates and
# users of this machine are known, and the script need not change with the commands.
function __opush_complete
    set -l words (commandline --current-process --tokenize --cut-at-cursor)
    set -l opush $words[1]
    type -q -- $opush; or set opush opush
    $opush __complete fish (count $words) $words (commandline --current-token --cut-at-cursor) 2>/dev/null
end
complete --command opush --no-files --keep-order --arguments '(__opush_complete)'
