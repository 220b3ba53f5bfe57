# Completion of opush for PowerShell. What a word may become is asked of opush itself at each Tab, so profiles, certificates
# and users of this machine are known, and the script need not change with the commands.
Register-ArgumentCompleter -Native -CommandName opush -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
        ForEach-Object { if ($null -ne $_.Value) { "$($_.Value)" } else { $_.ToString() } })
    $index = $words.Count - 1
    if ("$wordToComplete" -eq '') { $index = $words.Count }
    & $words[0] __complete powershell $index @words 2>$null | ForEach-Object {
        $value, $about = $_ -split "`t", 2
        if (-not $about) { $about = $value }
        $text = if ($value -match '[\s''"$`;,(){}|&<>@#]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $about)
    }
}
