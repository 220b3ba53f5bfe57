# Completion of opush for elvish. What a word may become is asked of opush itself at each Tab, so profiles, certificates and
# users of this machine are known, and the script need not change with the commands.
use str
set edit:completion:arg-completer[opush] = {|@words|
  var opush = (external $words[0])
  $opush __complete elvish (to-string (- (count $words) 1)) $@words 2>/dev/null | from-lines | each {|line|
    var value about = (str:split &max=2 "\t" $line"\t")
    var shown = $value
    if (not-eq $about "\t") {
      set shown = $value"  ("(str:trim-right $about "\t")")"
    }
    edit:complex-candidate $value &display=$shown
  }
}
